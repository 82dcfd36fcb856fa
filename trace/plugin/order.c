// SPDX-License-Identifier: LGPL-2.1
/**
 * DOC: Completion order of descriptors
 *
 * The plugin tracks which descriptors are in flight on each channel. Ids are assigned at
 * submission, so a descriptor that completes has overtaken all descriptors in flight with a
 * smaller id.
 *
 * Events may be missing in a recording, and a viewer may jump backwards. A descriptor
 * whose completion was not seen must not count as overtaken forever, so a channel's set
 * is emptied when libtraceevent reports missed events, when time goes backwards, when an
 * id does not follow the previous id, and when the driver reports that only one descriptor
 * is in flight. A descriptor whose submission was not seen has overtaken none.
 */
#include <stdlib.h>
#include <string.h>

#include "order.h"

/* Bounds the memory if completions are missing in the recording. */
#define MAX_INFLIGHT	4096

struct chan {
	struct chan *next;
	unsigned int dev;
	unsigned int chan;
	uint64_t last;
	size_t nr_inflight;
	uint64_t inflight[MAX_INFLIGHT];
};

struct dcbm_order {
	struct chan *chans;
	uint64_t ts;
};

/* dcbm_order_new() - allocate an empty state; NULL if out of memory */
struct dcbm_order *dcbm_order_new(void)
{
	return calloc(1, sizeof(struct dcbm_order));
}

/* dcbm_order_free() - free a state; @order may be NULL */
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

/* dcbm_order_at() - the next event is of time @ts; @missed: events before it are missing */
void dcbm_order_at(struct dcbm_order *order, uint64_t ts, bool missed)
{
	struct chan *chan;

	if (missed || ts < order->ts) {
		for (chan = order->chans; chan; chan = chan->next)
			chan->nr_inflight = 0;
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

static void drop(struct chan *chan, size_t i)
{
	chan->nr_inflight--;
	memmove(chan->inflight + i, chan->inflight + i + 1,
		(chan->nr_inflight - i) * sizeof(chan->inflight[0]));
}

/*
 * dcbm_order_submit() - add a submitted descriptor; @inflight is the number of descriptors
 * in flight according to the driver, including @desc
 */
void dcbm_order_submit(struct dcbm_order *order, unsigned int dev, unsigned int nr,
		       uint64_t desc, unsigned int inflight)
{
	struct chan *chan = find_chan(order, dev, nr);

	if (!chan)
		return;
	if (inflight <= 1 || desc != chan->last + 1)
		chan->nr_inflight = 0;
	chan->last = desc;
	/* The completion of the oldest descriptor is most likely to be missing */
	if (chan->nr_inflight == MAX_INFLIGHT)
		drop(chan, 0);
	chan->inflight[chan->nr_inflight++] = desc;
}

/*
 * dcbm_order_complete() - remove a completed descriptor. Returns the known number of
 * descriptors that @desc has overtaken.
 */
unsigned int dcbm_order_complete(struct dcbm_order *order, unsigned int dev,
				 unsigned int nr, uint64_t desc)
{
	struct chan *chan = find_chan(order, dev, nr);
	unsigned int overtaken = 0;
	size_t i, me;

	if (!chan)
		return 0;
	for (i = 0, me = chan->nr_inflight; i < chan->nr_inflight; i++) {
		overtaken += chan->inflight[i] < desc;
		if (chan->inflight[i] == desc)
			me = i;
	}
	if (me == chan->nr_inflight)
		return 0;
	drop(chan, me);
	return overtaken;
}
