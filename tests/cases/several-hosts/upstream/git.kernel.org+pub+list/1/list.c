#include "list.h"

/* Put a node in front. */
void list_push(struct list *list, struct node *node)
{
	node->next = list->head;
	list->head = node;
}

int list_empty(struct list *list)
{
	return list->head == 0;
}
