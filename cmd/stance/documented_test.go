package main

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestExportedNamesAreDocumented holds that every package says what it is for, and every
// exported name what it is.
func TestExportedNamesAreDocumented(t *testing.T) {
	names := 0
	for _, p := range packages(t) {
		set := token.NewFileSet()
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.ParseComments)
			check(t, err)
			files = append(files, f)
		}
		d, err := doc.NewFromFiles(set, files, p.ImportPath)
		check(t, err)
		want := func(name, said string) {
			names++
			if strings.TrimSpace(said) == "" {
				t.Errorf("%s has no documentation", strings.TrimSuffix(p.ImportPath+"."+name, "."))
			}
		}
		want("", d.Doc)
		values := append(d.Consts, d.Vars...)
		functions := d.Funcs
		for _, typ := range d.Types {
			want(typ.Name, typ.Doc)
			values = append(append(values, typ.Consts...), typ.Vars...)
			functions = append(append(functions, typ.Funcs...), typ.Methods...)
		}
		for _, f := range functions {
			want(strings.TrimPrefix(f.Recv+".", ".")+f.Name, f.Doc)
		}
		for _, v := range values {
			for _, s := range v.Decl.Specs {
				if s, ok := s.(*ast.ValueSpec); ok && s.Names[0].IsExported() {
					want(s.Names[0].Name, v.Doc+s.Doc.Text()+s.Comment.Text())
				}
			}
		}
	}
	if names < 500 {
		t.Errorf("%d names were found", names)
	}
}
