// SPDX-License-Identifier: LGPL-2.1-or-later

// Package expression reads and evaluates arithmetic:
//
//	sum     = product { ("+" | "-") product }
//	product = factor { ("*" | "/") factor }
//	factor  = number | name | name "(" sum ")" | "(" sum ")" | "-" factor
//
// Each rule is a function, and they call each other.
package expression

import (
	"fmt"
	"math"
	"strconv"
)

// Node is a part of an expression.
type Node interface {
	Evaluate(names map[string]float64) (float64, error)
}

type number float64

type name string

type negation struct {
	of Node
}

type binary struct {
	operator    byte
	left, right Node
}

type call struct {
	function string
	argument Node
}

var functions = map[string]func(float64) float64{
	"sqrt": math.Sqrt,
	"log":  math.Log,
	"sin":  math.Sin,
	"abs":  math.Abs,
}

// Evaluate returns the number.
func (n number) Evaluate(map[string]float64) (float64, error) {
	return float64(n), nil
}

// Evaluate looks the name up.
func (n name) Evaluate(names map[string]float64) (float64, error) {
	value, ok := names[string(n)]
	if !ok {
		return 0, fmt.Errorf("expression: what is %q?", string(n))
	}
	return value, nil
}

// Evaluate changes the sign.
func (n *negation) Evaluate(names map[string]float64) (float64, error) {
	value, err := n.of.Evaluate(names)
	return -value, err
}

// Evaluate evaluates both sides.
func (b *binary) Evaluate(names map[string]float64) (float64, error) {
	left, err := b.left.Evaluate(names)
	if err != nil {
		return 0, err
	}
	right, err := b.right.Evaluate(names)
	if err != nil {
		return 0, err
	}
	return apply(b.operator, left, right), nil
}

func apply(operator byte, left, right float64) float64 {
	switch operator {
	case '+':
		return left + right
	case '-':
		return left - right
	case '*':
		return left * right
	default:
		return left / right
	}
}

// Evaluate calls the function.
func (c *call) Evaluate(names map[string]float64) (float64, error) {
	argument, err := c.argument.Evaluate(names)
	if err != nil {
		return 0, err
	}
	function, ok := functions[c.function]
	if !ok {
		return 0, fmt.Errorf("expression: no function %q", c.function)
	}
	return function(argument), nil
}

type parser struct {
	text string
	at   int
}

// Parse reads a whole expression.
func Parse(text string) (Node, error) {
	p := &parser{text: text}
	node, err := p.sum()
	if err == nil && p.peek() != 0 {
		err = p.unexpected()
	}
	return node, err
}

// peek returns the next byte that is not a space, or 0 at the end.
func (p *parser) peek() byte {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

func (p *parser) unexpected() error {
	return fmt.Errorf("expression: byte %d is not expected", p.at)
}

func (p *parser) sum() (Node, error) {
	left, err := p.product()
	for err == nil && (p.peek() == '+' || p.peek() == '-') {
		left, err = p.binary(left, p.product)
	}
	return left, err
}

func (p *parser) product() (Node, error) {
	left, err := p.factor()
	for err == nil && (p.peek() == '*' || p.peek() == '/') {
		left, err = p.binary(left, p.factor)
	}
	return left, err
}

func (p *parser) binary(left Node, next func() (Node, error)) (Node, error) {
	operator := p.peek()
	p.at++
	right, err := next()
	return &binary{operator, left, right}, err
}

func (p *parser) factor() (Node, error) {
	switch c := p.peek(); {
	case c == '-':
		p.at++
		of, err := p.factor()
		return &negation{of}, err
	case c == '(':
		return p.parenthesis()
	case isDigit(c):
		return p.number()
	case isLetter(c):
		return p.nameOrCall()
	}
	return nil, p.unexpected()
}

func (p *parser) parenthesis() (Node, error) {
	p.at++
	inner, err := p.sum()
	if err != nil {
		return nil, err
	}
	if p.peek() != ')' {
		return nil, p.unexpected()
	}
	p.at++
	return inner, nil
}

func (p *parser) number() (Node, error) {
	digits := p.span(func(c byte) bool { return isDigit(c) || c == '.' })
	value, err := strconv.ParseFloat(digits, 64)
	return number(value), err
}

func (p *parser) nameOrCall() (Node, error) {
	word := p.span(isLetter)
	if p.peek() != '(' {
		return name(word), nil
	}
	argument, err := p.parenthesis()
	return &call{word, argument}, err
}

func (p *parser) span(belongs func(byte) bool) string {
	start := p.at
	for p.at < len(p.text) && belongs(p.text[p.at]) {
		p.at++
	}
	return p.text[start:p.at]
}

func isDigit(c byte) bool {
	return c >= '0' && c <= '9'
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z'
}
