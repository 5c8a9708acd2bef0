DROP TABLE spent_captchas;
