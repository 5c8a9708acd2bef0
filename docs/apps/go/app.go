// An app in Go (net/http) whose people log in with Vestibule.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	oidc "github.com/coreos/go-oidc"
)

var (
	vestibule = setting("VESTIBULE", "http://127.0.0.1:8000") // its public_url
	client    = &http.Client{Timeout: 5 * time.Second}
)

// Claims is what the access token says of whom.
type Claims struct {
	Username string   `json:"preferred_username"`
	Roles    []string `json:"roles"`
}

// claims asks nobody: the token is checked by its signature.
func claims(verifier *oidc.IDTokenVerifier, request *http.Request) (Claims, error) {
	var claims Claims
	scheme, token, _ := strings.Cut(request.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return claims, errors.New("no access token")
	}
	verified, err := verifier.Verify(request.Context(), token)
	if err != nil {
		return claims, err
	}
	return claims, verified.Claims(&claims)
}

// session asks Vestibule who is logged in right now, by cookie or token. It answers a status that is not 200 when nobody is.
func session(request *http.Request) (username string, status int) {
	ask, err := http.NewRequestWithContext(request.Context(), "GET", vestibule+"/api/v1/session", nil)
	if err != nil {
		return "", http.StatusInternalServerError
	}
	for _, name := range []string{"Authorization", "Cookie"} {
		for _, value := range request.Header.Values(name) {
			ask.Header.Add(name, value)
		}
	}
	answer, err := client.Do(ask)
	if err != nil {
		return "", http.StatusServiceUnavailable
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusUnauthorized {
		return "", http.StatusServiceUnavailable
	}
	return answer.Header.Get("Remote-User"), answer.StatusCode
}

func main() {
	// go-oidc takes RS256 only unless it is told; the audience of Vestibule's tokens is Vestibule itself.
	config := &oidc.Config{ClientID: vestibule, SupportedSigningAlgs: []string{"ES256"}}
	keys := oidc.NewRemoteKeySet(oidc.ClientContext(context.Background(), client), vestibule+"/.well-known/jwks.json")
	verifier := oidc.NewVerifier(vestibule, keys, config)

	http.HandleFunc("/me", func(response http.ResponseWriter, request *http.Request) {
		claims, err := claims(verifier, request)
		if err != nil {
			http.Error(response, "log in first", http.StatusUnauthorized)
			return
		}
		write(response, map[string]any{"username": claims.Username})
	})
	http.HandleFunc("/reports", func(response http.ResponseWriter, request *http.Request) {
		claims, err := claims(verifier, request)
		if err != nil {
			http.Error(response, "log in first", http.StatusUnauthorized)
			return
		}
		for _, role := range claims.Roles {
			if role == "editor" {
				write(response, map[string]any{"reports": []string{}})
				return
			}
		}
		http.Error(response, "for editors", http.StatusForbidden)
	})
	http.HandleFunc("/settings", func(response http.ResponseWriter, request *http.Request) {
		username, status := session(request)
		if status != http.StatusOK {
			http.Error(response, http.StatusText(status), status)
			return
		}
		write(response, map[string]any{"username": username})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+setting("PORT", "5000"), nil))
}

func write(response http.ResponseWriter, document any) {
	response.Header().Set("Content-Type", "application/json")
	json.NewEncoder(response).Encode(document)
}

func setting(name, otherwise string) string {
	if value, ok := os.LookupEnv(name); ok {
		return value
	}
	return otherwise
}
