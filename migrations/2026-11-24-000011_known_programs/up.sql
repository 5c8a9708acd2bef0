-- Programs that someone has logged in with before are known like browsers: 'browser' or 'program'.
ALTER TABLE devices ADD COLUMN kind TEXT NOT NULL DEFAULT 'browser';
