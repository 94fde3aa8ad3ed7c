// SPDX-License-Identifier: LGPL-2.1-or-later

package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"example.com/server/collection"
	"example.com/server/expression"
	"example.com/server/tree"
)

// order is a line of the orders that /orders sorts and groups.
type order struct {
	ID       int     `json:"id"`
	Customer string  `json:"customer"`
	Price    float64 `json:"price"`
	Comment  string  `json:"comment"`
}

var comments = []string{
	"deliver by 2024-03-01, call 555-0134",
	"gift, wrap it; from alice@example.com",
	"no hurry",
	"second door, ask for bob@example.org before 18:30",
}

func makeOrders(n int) []order {
	random := rand.New(rand.NewSource(1))
	orders := make([]order, n)
	for i := range orders {
		orders[i] = order{
			ID:       i,
			Customer: fmt.Sprintf("customer-%d", random.Intn(n/8+1)),
			Price:    float64(random.Intn(100000)) / 100,
			Comment:  comments[random.Intn(len(comments))],
		}
	}
	return orders
}

// handleHash answers with a chain of digests of the query.
func (s *Server) handleHash(w http.ResponseWriter, r *http.Request) error {
	sum := sha256.Sum256([]byte(r.FormValue("q")))
	for i := 0; i < 200; i++ {
		sum = sha256.Sum256(sum[:])
	}
	_, err := fmt.Fprintln(w, hex.EncodeToString(sum[:]))
	return err
}

// handleSearch answers with the orders whose comment matches.
func (s *Server) handleSearch(w http.ResponseWriter, r *http.Request) error {
	pattern, err := s.patterns.Get(r.FormValue("q"), regexp.Compile)
	if err != nil {
		return err
	}
	found := collection.Filter(s.orders, func(o order) bool {
		return pattern.MatchString(o.Comment)
	})
	return json.NewEncoder(w).Encode(collection.Map(found, func(o order) int {
		return o.ID
	}))
}

// handleEvaluate answers with a table of an expression's values.
func (s *Server) handleEvaluate(w http.ResponseWriter, r *http.Request) error {
	node, err := s.expressions.Get(r.FormValue("q"), expression.Parse)
	if err != nil {
		return err
	}
	var table strings.Builder
	for x := 1; x <= 50; x++ {
		value, err := node.Evaluate(map[string]float64{"x": float64(x)})
		if err != nil {
			return err
		}
		fmt.Fprintf(&table, "%d %.6g\n", x, value)
	}
	_, err = fmt.Fprint(w, table.String())
	return err
}

// handleTree answers with a directory tree, as JSON in gzip.
func (s *Server) handleTree(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(r.FormValue("q"))
	if err != nil {
		return err
	}
	root, err := s.trees.Get(n, func(n int) (*tree.Entry, error) {
		return tree.Grow(rand.New(rand.NewSource(int64(n))), "dir", 11), nil
	})
	if err != nil {
		return err
	}
	deepest, largest := 0, int64(0)
	root.Walk(func(entry *tree.Entry, depth int) {
		if depth > deepest {
			deepest = depth
		}
		if size := entry.TotalSize(); depth > 0 && size > largest {
			largest = size
		}
	})
	digest := root.Digest()
	w.Header().Set("X-Digest", hex.EncodeToString(digest[:8]))
	w.Header().Set("X-Size", strconv.FormatInt(root.TotalSize(), 10))
	w.Header().Set("X-Largest", strconv.FormatInt(largest, 10))
	w.Header().Set("X-Depth", strconv.Itoa(deepest))

	text, err := json.Marshal(root)
	if err != nil {
		return err
	}
	_, err = w.Write(s.compressors.compress(r.Context(), text))
	return err
}

// handleOrders reads orders as JSON, sorts them, and sums them by customer.
func (s *Server) handleOrders(w http.ResponseWriter, r *http.Request) error {
	var orders []order
	if err := json.NewDecoder(r.Body).Decode(&orders); err != nil {
		return err
	}
	collection.HeapSort(orders, func(o order) float64 { return o.Price })
	collection.HeapSort(orders, func(o order) string { return o.Customer })

	groups := collection.GroupBy(orders, func(o order) string { return o.Customer })
	totals := make(map[string]float64, len(groups))
	for customer, group := range groups {
		totals[customer] = collection.Sum(group, func(o order) float64 { return o.Price })
	}
	return json.NewEncoder(w).Encode(totals)
}

// handleStats answers with how long the handlers took.
func (s *Server) handleStats(w http.ResponseWriter, r *http.Request) error {
	return json.NewEncoder(w).Encode(s.recorder.Summarize())
}

// handleEvents answers at the next event, or when it has waited long enough.
func (s *Server) handleEvents(w http.ResponseWriter, r *http.Request) error {
	patience := time.NewTimer(50 * time.Millisecond)
	defer patience.Stop()
	select {
	case event := <-s.events.next():
		_, err := fmt.Fprintln(w, event)
		return err
	case <-patience.C:
		_, err := fmt.Fprintln(w, "nothing")
		return err
	case <-r.Context().Done():
		return r.Context().Err()
	}
}
