// Verifies an access token with each library, as its documentation says, and prints which could.
//
// Reads {"token", "algorithm", "issuer", "audience", "jwks_url"} as JSON; prints {library: null or what went wrong}.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	oidc "github.com/coreos/go-oidc"
	jwt "github.com/golang-jwt/jwt"
	jose "gopkg.in/square/go-jose.v2"
)

var given struct {
	Token     string `json:"token"`
	Algorithm string `json:"algorithm"`
	Issuer    string `json:"issuer"`
	Audience  string `json:"audience"`
	JwksURL   string `json:"jwks_url"`
}

type claims struct {
	Username string `json:"preferred_username"`
	jwt.RegisteredClaims
}

func golangJwt() (string, error) {
	answer, err := http.Get(given.JwksURL)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var keys jose.JSONWebKeySet
	if err := json.NewDecoder(answer.Body).Decode(&keys); err != nil {
		return "", err
	}
	key := func(token *jwt.Token) (interface{}, error) {
		for _, key := range keys.Key(fmt.Sprint(token.Header["kid"])) {
			return key.Key, nil
		}
		return nil, errors.New("unknown kid")
	}
	var read claims
	if _, err := jwt.ParseWithClaims(given.Token, &read, key, jwt.WithValidMethods([]string{given.Algorithm})); err != nil {
		return "", err
	}
	if !read.VerifyIssuer(given.Issuer, true) || !read.VerifyAudience(given.Audience, true) {
		return "", errors.New("another issuer or audience")
	}
	return read.Username, nil
}

func goOidc() (string, error) {
	ctx := context.Background()
	config := &oidc.Config{ClientID: given.Audience, SupportedSigningAlgs: []string{given.Algorithm}}
	verifier := oidc.NewVerifier(given.Issuer, oidc.NewRemoteKeySet(ctx, given.JwksURL), config)
	token, err := verifier.Verify(ctx, given.Token)
	if err != nil {
		return "", err
	}
	var read claims
	err = token.Claims(&read)
	return read.Username, err
}

func main() {
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	found := map[string]*string{}
	for name, verify := range map[string]func() (string, error){"golang-jwt": golangJwt, "go-oidc, told the algorithm": goOidc} {
		found[name] = nil
		if username, err := verify(); err != nil {
			wrong := err.Error()
			found[name] = &wrong
		} else if username != "roy" {
			wrong := "somebody else: " + username
			found[name] = &wrong
		}
	}
	json.NewEncoder(os.Stdout).Encode(found)
}
