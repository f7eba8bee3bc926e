package queue

// Queue holds what waits.
type Queue struct {
	items []string
}

// Push puts an item at the end.
func (q *Queue) Push(item string) {
	q.items = append(q.items, item)
}

func New() *Queue {
	return &Queue{}
}
