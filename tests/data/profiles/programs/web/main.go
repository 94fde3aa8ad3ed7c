// SPDX-License-Identifier: LGPL-2.1-or-later

// Web calls the handlers of a small shop, without a network. Requests have the
// labels method, route, user and, some of them, cached.
package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"strings"
	"sync"

	"example.com/programs/record"
	"example.com/programs/web/shop"
)

var requests = []struct{ method, path, body string }{
	{"GET", "/", ""},
	{"GET", "/goods/3", ""},
	{"GET", "/search?q=blue", ""},
	{"POST", "/cart", "goods=5&count=2"},
	{"GET", "/goods/27", ""},
	{"GET", "/missing", ""},
	{"DELETE", "/cart", ""},
}

// withLabels sets labels for what happens in a request.
func withLabels(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		route := "/" + strings.SplitN(r.URL.Path[1:], "/", 2)[0]
		labels := pprof.Labels("method", r.Method, "route", route, "user", r.Header.Get("User"))
		pprof.Do(r.Context(), labels, func(ctx context.Context) {
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	})
}

func visit(ctx context.Context, handler http.Handler, user string) {
	for i := 0; ctx.Err() == nil; i++ {
		q := requests[i%len(requests)]
		r := httptest.NewRequest(q.method, q.path, strings.NewReader(q.body)).WithContext(ctx)
		r.Header.Set("User", user)
		if q.method == "POST" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code >= 500 {
			panic(w.Body.String())
		}
	}
}

func main() {
	record.Run(func(ctx context.Context) {
		handler := withLabels(shop.New())
		var group sync.WaitGroup
		for i := 0; i < 4; i++ {
			group.Add(1)
			go func(user string) {
				defer group.Done()
				visit(ctx, handler, user)
			}(fmt.Sprintf("user %d", i))
		}
		group.Wait()
	})
}
