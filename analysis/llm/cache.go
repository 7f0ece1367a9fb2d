package llm

import (
	"context"
	"sync"
)

// Record is an answer as a cache keeps it.
type Record struct {
	// Key is a hash of all that the answer depends on: the content, the prompt, the
	// model, the temperature and the seed. The fields that follow say the latter in
	// the open; where the model was asked again, Seed is that of the last time.
	Key           string
	Prompt, Model string
	Temperature   float64
	Seed          int
	// Answer is JSON.
	Answer string
}

// Cache keeps answers. It must be safe for concurrent use.
type Cache interface {
	// Answers returns the answers of those keys that it has.
	Answers(ctx context.Context, keys []string) (map[string]string, error)
	// Keep keeps the records, all or none, for good when it returns.
	Keep(ctx context.Context, records []Record) error
}

// Memory is a cache that ends with the process. The zero value is empty.
type Memory struct {
	mu      sync.Mutex
	answers map[string]string
}

// Answers implements Cache.
func (m *Memory) Answers(_ context.Context, keys []string) (map[string]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[string]string{}
	for _, k := range keys {
		if a, ok := m.answers[k]; ok {
			found[k] = a
		}
	}
	return found, nil
}

// Keep implements Cache.
func (m *Memory) Keep(_ context.Context, records []Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.answers == nil {
		m.answers = map[string]string{}
	}
	for _, r := range records {
		m.answers[r.Key] = r.Answer
	}
	return nil
}
