// SPDX-License-Identifier: LGPL-2.1-or-later

// Package load sends requests, as many clients at once.
package load

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/rand"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// Generator is a number of clients.
type Generator struct {
	Base    string // of the addresses, as http://127.0.0.1:8080
	Clients int
	Tenants []string

	client http.Client
}

// Run sends requests until ctx is done, and returns how many.
func (g *Generator) Run(ctx context.Context) int {
	g.client.Transport = &http.Transport{MaxIdleConnsPerHost: g.Clients}
	defer g.client.CloseIdleConnections()

	var group sync.WaitGroup
	counts := make(chan int, g.Clients)
	for i := 0; i < g.Clients; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			counts <- g.runClient(ctx, i)
		}(i)
	}
	group.Wait()
	close(counts)

	total := 0
	for n := range counts {
		total += n
	}
	return total
}

func (g *Generator) runClient(ctx context.Context, i int) (n int) {
	random := rand.New(rand.NewSource(int64(i)))
	tenant := g.Tenants[i%len(g.Tenants)]
	for ctx.Err() == nil {
		r := randomRequest(random)
		if i%4 == 0 { // one in four clients only listens
			r = request{path: "/events"}
		}
		err := g.send(ctx, r, tenant)
		if err == nil {
			n++
		} else if ctx.Err() == nil {
			log.Print(err)
		}
	}
	return n
}

type request struct {
	path, query string
	body        []byte
}

func (g *Generator) send(ctx context.Context, r request, tenant string) error {
	address := g.Base + r.path + "?q=" + url.QueryEscape(r.query)
	method := http.MethodGet
	if r.body != nil {
		method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(r.body))
	if err != nil {
		return err
	}
	req.Header.Set("X-Tenant", tenant)
	response, err := g.client.Do(req)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("load: %s: %s", r.path, response.Status)
	}
	return err
}

var patterns = []string{
	`\d{4}-\d{2}-\d{2}`,
	`(alice|bob|carol)@example\.(com|org)`,
	`^[a-z ]+$`,
	`(\w+)\s(\w+)\s.*\b(\d\d):(\d\d)\b`,
	`(?i)GIFT|door`,
}

func randomRequest(random *rand.Rand) request {
	switch n := random.Intn(100); {
	case n < 15:
		return request{path: "/hash", query: fmt.Sprint(n)}
	case n < 35:
		return request{path: "/search", query: patterns[random.Intn(len(patterns))]}
	case n < 65:
		return request{path: "/evaluate", query: randomExpression(random, 8)}
	case n < 85:
		return request{path: "/tree", query: fmt.Sprint(random.Intn(24))}
	case n < 98:
		return request{path: "/orders", body: randomOrders(random)}
	default:
		return request{path: "/stats"}
	}
}

func randomExpression(random *rand.Rand, depth int) string {
	if depth == 0 {
		return [...]string{"x", "2", "3.14", "17", "(x)"}[random.Intn(5)]
	}
	left := randomExpression(random, depth-1)
	if random.Intn(4) == 0 {
		function := [...]string{"sqrt", "log", "sin", "abs"}[random.Intn(4)]
		return function + "(" + left + ")"
	}
	operator := string("+-*/"[random.Intn(4)])
	return strings.Join([]string{"(", left, operator, randomExpression(random, depth-1), ")"}, "")
}

func randomOrders(random *rand.Rand) []byte {
	type order struct {
		ID       int     `json:"id"`
		Customer string  `json:"customer"`
		Price    float64 `json:"price"`
		Comment  string  `json:"comment"`
	}
	orders := make([]order, 100)
	for i := range orders {
		orders[i] = order{
			ID:       i,
			Customer: fmt.Sprintf("customer-%d", random.Intn(20)),
			Price:    float64(random.Intn(10000)) / 100,
			Comment:  strings.Repeat("fine ", random.Intn(8)),
		}
	}
	text, err := json.Marshal(orders)
	if err != nil {
		panic(err) // numbers and strings always have a JSON form
	}
	return text
}
