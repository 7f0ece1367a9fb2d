package llm

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// Budget bounds what may be asked. Calls count once, however often they are tried. The nil budget bounds nothing. It is safe for
// concurrent use.
type Budget struct {
	calls, tokens int // that may be spent; 0 stands for no bound

	mu                      sync.Mutex
	spentCalls, spentTokens int
	unsettled               int // tokens that ended calls took beyond what was reserved
}

// ParseBudget reads a number of calls or of tokens: "200calls", "50000tokens".
func ParseBudget(s string) (*Budget, error) {
	for _, unit := range []string{"calls", "tokens"} {
		number, ok := strings.CutSuffix(s, unit)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			break
		}
		if unit == "calls" {
			return &Budget{calls: n}, nil
		}
		return &Budget{tokens: n}, nil
	}
	return nil, fmt.Errorf("want a number of calls or tokens, such as 200calls or 50000tokens, not %q", s)
}

// String returns the budget as ParseBudget reads it.
func (b *Budget) String() string {
	if b.calls > 0 {
		return strconv.Itoa(b.calls) + "calls"
	}
	return strconv.Itoa(b.tokens) + "tokens"
}

// Holds reports whether so many calls and tokens are within the budget.
func (b *Budget) Holds(calls, tokens int) bool {
	return b == nil || (b.calls == 0 || calls <= b.calls) && (b.tokens == 0 || tokens <= b.tokens)
}

// reserve takes a call of about so many tokens out of the budget, or reports that it
// doesn't fit.
func (b *Budget) reserve(tokens int) bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.calls > 0 && b.spentCalls >= b.calls || b.tokens > 0 && b.spentTokens+tokens > b.tokens {
		return false
	}
	b.spentCalls++
	b.spentTokens += tokens
	return true
}

// settle puts what a call took in the place of what was reserved for it, once it's over.
func (b *Budget) settle(reserved, took int) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.unsettled += took - reserved
}

// over ends a round of calls. What they took counts only then, so that it doesn't hang on
// the order in which they end which calls of a round fit.
func (b *Budget) over() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spentTokens += b.unsettled
	b.unsettled = 0
}
