ALTER TABLE users DROP COLUMN display_name_folded;
