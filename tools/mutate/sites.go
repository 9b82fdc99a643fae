// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// A site is a piece of source that some mutants replace.
type site struct {
	from, to token.Pos
	result   string   // the type of the expression; "" when the site is a statement
	variants []string // what a mutant has in its place; for a statement there is none: it is left out
	kind     []string // of each variant, for people
}

// others are the operators that a mutant has in place of one.
var others = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL},
}

// finder collects the sites of one file.
type finder struct {
	fset  *token.FileSet
	src   []byte
	pkg   *types.Package
	info  *types.Info
	sites []site
	alone map[ast.Stmt]bool // statements that stand in a block, not in the head of another one
	limit map[ast.Expr]bool // constants that something is compared with
}

func (f *finder) text(n ast.Node) string {
	return string(f.src[f.fset.Position(n.Pos()).Offset:f.fset.Position(n.End()).Offset])
}

func (f *finder) file(file *ast.File) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body != nil {
				ast.Inspect(d.Body, f.visit)
			}
		case *ast.GenDecl:
			if d.Tok == token.VAR {
				ast.Inspect(d, f.visit)
			}
		}
	}
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BlockStmt:
		f.block(n.List)
	case *ast.CommClause:
		f.block(n.Body)
	case *ast.GenDecl:
		return n.Tok == token.VAR
	case *ast.ArrayType, *ast.CaseClause:
		if c, ok := n.(*ast.CaseClause); ok { // its values may have to be constant
			f.block(c.Body)
			for _, s := range c.Body {
				ast.Inspect(s, f.visit)
			}
		}
		return false
	case *ast.BinaryExpr:
		f.binary(n)
	case *ast.IfStmt:
		f.condition(n.Cond)
	case *ast.ReturnStmt:
		for _, r := range n.Results {
			f.condition(r)
		}
	case *ast.ExprStmt:
		if c, ok := n.X.(*ast.CallExpr); ok {
			if id, ok := c.Fun.(*ast.Ident); !ok || id.Name != "panic" {
				f.statement(n, "call left out")
			}
		}
	case *ast.IncDecStmt:
		f.statement(n, "statement left out")
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			f.statement(n, "assignment left out")
		}
	case *ast.ForStmt: // what drives a loop is left alone: without it the loop does not end
		for _, part := range []ast.Node{n.Cond, n.Body} {
			if part != nil {
				ast.Inspect(part, f.visit)
			}
		}
		return false
	}
	if e, ok := n.(ast.Expr); ok && f.number(e) {
		return false
	}
	return true
}

func (f *finder) binary(n *ast.BinaryExpr) {
	t := f.info.Types[n]
	if t.Value != nil {
		return
	}
	basic, ok := types.Unalias(t.Type).(*types.Basic)
	if !ok || basic.Info()&(types.IsBoolean|types.IsInteger) == 0 {
		return
	}
	result := basic.Name()
	if basic.Kind() == types.UntypedBool {
		result = "bool"
	}
	s := site{from: n.Pos(), to: n.End(), result: result}
	if others[n.Op] == nil {
		return
	}
	if s := n.Op.String(); strings.ContainsAny(s, "<>=!") { // a limit one larger is the comparison moved by one
		f.compared(n.X)
		f.compared(n.Y)
	}
	for _, op := range others[n.Op] {
		s.variants = append(s.variants, fmt.Sprintf("(%s) %s (%s)", f.text(n.X), op, f.text(n.Y)))
		s.kind = append(s.kind, fmt.Sprintf("%s is %s", n.Op, op))
	}
	if len(s.variants) > 0 {
		f.sites = append(f.sites, s)
	}
}

// condition turns a condition round that is no comparison; comparisons have mutants of their own.
func (f *finder) condition(e ast.Expr) {
	t, ok := f.info.Types[e]
	if !ok || t.Value != nil {
		return
	}
	if _, ok := ast.Unparen(e).(*ast.BinaryExpr); ok {
		return
	}
	if b, ok := types.Unalias(t.Type).(*types.Basic); !ok || b.Kind() != types.Bool {
		return
	}
	f.sites = append(f.sites, site{from: e.Pos(), to: e.End(), result: "bool",
		variants: []string{"!(" + f.text(e) + ")"}, kind: []string{"turned round"}})
}

func (f *finder) compared(e ast.Expr) {
	if f.limit == nil {
		f.limit = map[ast.Expr]bool{}
	}
	f.limit[e] = true
}

func (f *finder) block(list []ast.Stmt) {
	if f.alone == nil {
		f.alone = map[ast.Stmt]bool{}
	}
	for _, s := range list {
		f.alone[s] = true
	}
}

func (f *finder) statement(n ast.Stmt, kind string) {
	if !f.alone[n] {
		return
	}
	f.sites = append(f.sites, site{from: n.Pos(), to: n.End(), variants: []string{""}, kind: []string{kind}})
}

// number makes a whole constant one larger, and reports whether it did.
func (f *finder) number(e ast.Expr) bool {
	t, ok := f.info.Types[e]
	if !ok || f.limit[e] || t.Value == nil || t.Value.Kind() != constant.Int || !t.IsValue() {
		return false
	}
	name := ""
	switch b := types.Unalias(t.Type).(type) {
	case *types.Basic:
		if b.Info()&types.IsInteger == 0 || b.Info()&types.IsUntyped != 0 {
			return false
		}
		name = b.Name()
	case *types.Named:
		if b.Obj().Pkg() != f.pkg || b.Obj().Parent() != f.pkg.Scope() {
			return false
		}
		name = b.Obj().Name()
	default:
		return false
	}
	if strings.Contains(f.text(e), "iota") {
		return false
	}
	f.sites = append(f.sites, site{from: e.Pos(), to: e.End(), result: name,
		variants: []string{"mutantNumber[" + name + "](" + f.text(e) + ") + 1"}, kind: []string{"one larger"}})
	return true
}
