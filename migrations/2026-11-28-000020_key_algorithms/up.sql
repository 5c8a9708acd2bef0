-- 'ES256', 'RS256' or 'EdDSA'. None for the keys from before this: they are Ed25519, and the tokens that they signed
-- name no client. The public half, in the same form, is 'x' for Ed25519, 'x.y' for ES256 and 'n.e' for RS256.
ALTER TABLE signing_keys ADD COLUMN algorithm TEXT;
