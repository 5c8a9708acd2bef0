mod gone;
mod hostile;
mod silence;
mod stop;
mod tls;
mod weight;
