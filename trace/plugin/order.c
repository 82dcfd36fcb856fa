// SPDX-License-Identifier: LGPL-2.1
/*
 * Which descriptors of a channel are in flight, and so how many of them another one
 * overtook: those with a smaller id, as ids are given when descriptors are submitted.
 *
 * A recording may have lost events, and a viewer may show it in leaps. Descriptors
 * whose end was not seen must not count for ever, so the set is emptied when events
 * are known to be missing, when time goes backwards, and when the driver says that a
 * descriptor is the only one in flight.
 */
#include <stdlib.h>

#include "plugin_dcbm.h"

/* Never more than this many, whatever is missing from the recording. */
#define MAX_INFLIGHT	4096

/*
 * @early holds descriptors that ended before their submission was traced: an engine
 * may be as quick as that.
 */
struct chan {
	struct chan *next;
	unsigned int dev;
	unsigned int chan;
	uint64_t last;
	size_t nr_inflight;
	size_t nr_early;
	uint64_t inflight[MAX_INFLIGHT];
	uint64_t early[MAX_INFLIGHT];
};

struct dcbm_order {
	struct chan *chans;
	uint64_t ts;
};

/**
 * dcbm_order_new() - nothing was seen yet
 *
 * Return: the state, or NULL without memory.
 */
struct dcbm_order *dcbm_order_new(void)
{
	return calloc(1, sizeof(struct dcbm_order));
}

/**
 * dcbm_order_free() - free what dcbm_order_new() gave
 * @order: the state, or NULL
 */
void dcbm_order_free(struct dcbm_order *order)
{
	struct chan *chan;

	if (!order)
		return;
	while ((chan = order->chans)) {
		order->chans = chan->next;
		free(chan);
	}
	free(order);
}

/**
 * dcbm_order_at() - an event is about to be printed
 * @order: the state
 * @ts: its time
 * @missed: events before it are missing
 */
void dcbm_order_at(struct dcbm_order *order, uint64_t ts, bool missed)
{
	struct chan *chan;

	if (missed || ts < order->ts) {
		for (chan = order->chans; chan; chan = chan->next) {
			chan->nr_inflight = 0;
			chan->nr_early = 0;
			chan->last = 0;
		}
	}
	order->ts = ts;
}

static struct chan *find_chan(struct dcbm_order *order, unsigned int dev,
			      unsigned int nr)
{
	struct chan *chan;

	for (chan = order->chans; chan; chan = chan->next) {
		if (chan->dev == dev && chan->chan == nr)
			return chan;
	}
	chan = calloc(1, sizeof(*chan));
	if (!chan)
		return NULL;
	chan->dev = dev;
	chan->chan = nr;
	chan->next = order->chans;
	order->chans = chan;
	return chan;
}

static void add(uint64_t *set, size_t *nr, uint64_t desc)
{
	/* The oldest is the one that is most likely not there any more */
	if (*nr == MAX_INFLIGHT)
		memmove(set, set + 1, --*nr * sizeof(*set));
	set[(*nr)++] = desc;
}

static bool take(uint64_t *set, size_t *nr, uint64_t desc)
{
	size_t i;

	for (i = 0; i < *nr; i++) {
		if (set[i] == desc) {
			memmove(set + i, set + i + 1, (--*nr - i) * sizeof(*set));
			return true;
		}
	}
	return false;
}

/**
 * dcbm_order_submit() - a descriptor was submitted
 * @order: the state
 * @dev: its channel's device
 * @nr: its channel
 * @desc: its id
 * @inflight: what the driver says is in flight, this one included
 */
void dcbm_order_submit(struct dcbm_order *order, unsigned int dev, unsigned int nr,
		       uint64_t desc, unsigned int inflight)
{
	struct chan *chan = find_chan(order, dev, nr);

	if (!chan)
		return;
	chan->last = desc;
	if (inflight <= 1)
		chan->nr_inflight = 0;
	if (!take(chan->early, &chan->nr_early, desc))
		add(chan->inflight, &chan->nr_inflight, desc);
}

/**
 * dcbm_order_complete() - a descriptor has ended
 * @order: the state
 * @dev: its channel's device
 * @nr: its channel
 * @desc: its id
 *
 * Return: how many it overtook.
 */
unsigned int dcbm_order_complete(struct dcbm_order *order, unsigned int dev,
				 unsigned int nr, uint64_t desc)
{
	struct chan *chan = find_chan(order, dev, nr);
	unsigned int overtaken = 0;
	size_t i;

	if (!chan)
		return 0;
	if (!take(chan->inflight, &chan->nr_inflight, desc) && desc > chan->last)
		add(chan->early, &chan->nr_early, desc);
	for (i = 0; i < chan->nr_inflight; i++)
		overtaken += chan->inflight[i] < desc;
	return overtaken;
}
