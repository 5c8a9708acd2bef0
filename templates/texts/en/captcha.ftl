captcha-missing = Enter the signs in the picture, or listen to them.
captcha-wrong = These were not the signs. Here are new ones.
captcha-over = The signs were out of date. Here are new ones.
captcha-needed = There were many failed logins lately. Enter your password again, and the signs in the picture.
