// SPDX-License-Identifier: LGPL-2.1-or-later

// Package table holds rows under named columns.
package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"sort"
)

// Table is rows of cells, each cell a text.
type Table struct {
	columns []string
	rows    [][]string
}

// New makes a table without rows.
func New(columns ...string) *Table {
	return &Table{columns: columns}
}

func cell(value interface{}) string {
	switch v := value.(type) {
	case string:
		return v
	case float64:
		return fmt.Sprintf("%12.2f", v)
	default:
		return fmt.Sprintf("%8v", v)
	}
}

// Add appends a row.
func (t *Table) Add(values ...interface{}) {
	row := make([]string, len(values))
	for i, v := range values {
		row[i] = cell(v)
	}
	t.rows = append(t.rows, row)
}

func (t *Table) index(column string) int {
	for i, c := range t.columns {
		if c == column {
			return i
		}
	}
	return -1
}

// SortBy orders the rows by a column.
func (t *Table) SortBy(column string) {
	i := t.index(column)
	sort.SliceStable(t.rows, func(a, b int) bool {
		return t.rows[a][i] < t.rows[b][i]
	})
}

// WriteCSV writes the names of the columns, then the rows.
func (t *Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(t.columns); err != nil {
		return err
	}
	return out.WriteAll(t.rows)
}
