//! Sessions: how long they live, what ends them, what a thief of the database gets.

mod asked;
mod ends;
mod lifetime;
mod limit;
mod recognised;
mod secrets;
