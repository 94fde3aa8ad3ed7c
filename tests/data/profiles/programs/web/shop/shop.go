// SPDX-License-Identifier: LGPL-2.1-or-later

// Package shop has goods, a search, and carts.
package shop

import (
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"runtime/pprof"
	"sort"
	"strconv"
	"strings"
	"sync"
)

type goods struct {
	ID    int
	Name  string
	Price float64
	Tags  []string
}

// Shop answers requests.
type Shop struct {
	mux   *http.ServeMux
	goods []goods

	mutex sync.Mutex
	carts map[string][]int
	pages map[int]string
}

var page = template.Must(template.New("page").Parse(`<h1>{{.Name}}</h1>
<p>{{printf "%.2f" .Price}}</p>
<ul>{{range .Tags}}<li>{{.}}</li>{{end}}</ul>
`))

var colours = []string{"blue", "green", "red", "yellow"}

// New makes a shop with 60 goods.
func New() *Shop {
	s := &Shop{mux: http.NewServeMux(), carts: make(map[string][]int), pages: make(map[int]string)}
	for i := 0; i < 60; i++ {
		s.goods = append(s.goods, goods{i, fmt.Sprintf("thing %d", i), float64(i) * 1.25,
			[]string{colours[i%4], colours[i*7%3]}})
	}
	s.mux.HandleFunc("/", s.home)
	s.mux.HandleFunc("/goods/", s.one)
	s.mux.HandleFunc("/search", s.search)
	s.mux.HandleFunc("/cart", s.cart)
	return s
}

func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mux.ServeHTTP(w, r)
}

func (s *Shop) home(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	for _, g := range s.goods[:10] {
		if err := page.Execute(w, g); err != nil {
			panic(err)
		}
	}
}

// one shows one of the goods. Every second page is kept.
func (s *Shop) one(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/goods/"))
	if err != nil || id < 0 || id >= len(s.goods) {
		http.NotFound(w, r)
		return
	}
	cached := strconv.FormatBool(id%2 == 0)
	pprof.Do(r.Context(), pprof.Labels("cached", cached), func(context.Context) {
		fmt.Fprint(w, s.render(id))
	})
}

func (s *Shop) render(id int) string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if text, ok := s.pages[id]; ok {
		return text
	}
	var b strings.Builder
	if err := page.Execute(&b, s.goods[id]); err != nil {
		panic(err)
	}
	if id%2 == 0 {
		s.pages[id] = b.String()
	}
	return b.String()
}

func (s *Shop) search(w http.ResponseWriter, r *http.Request) {
	wanted := strings.ToLower(r.FormValue("q"))
	var found []goods
	for _, g := range s.goods {
		if strings.Contains(strings.ToLower(strings.Join(g.Tags, " ")), wanted) {
			found = append(found, g)
		}
	}
	sort.Slice(found, func(a, b int) bool { return found[a].Price > found[b].Price })
	if err := json.NewEncoder(w).Encode(found); err != nil {
		panic(err)
	}
}

func (s *Shop) cart(w http.ResponseWriter, r *http.Request) {
	user := r.Header.Get("User")
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if r.Method == http.MethodDelete {
		delete(s.carts, user)
		return
	}
	id, _ := strconv.Atoi(r.FormValue("goods"))
	count, _ := strconv.Atoi(r.FormValue("count"))
	for i := 0; i < count; i++ {
		s.carts[user] = append(s.carts[user], id)
	}
	fmt.Fprintln(w, len(s.carts[user]))
}
