// SPDX-License-Identifier: LGPL-2.1
/*
 * Which descriptors of a channel are in flight, and so how many of them another one
 * overtook: those with a smaller id, as ids are given when descriptors are submitted.
 *
 * A recording may have lost events, and a viewer may show it in leaps. Descriptors
 * whose end was not seen must not count for ever, so the set is emptied when events
 * are known to be missing, when time goes backwards, when an id does not follow the last
 * one, and when the driver says that a descriptor is the only one in flight. Nothing is
 * said of a descriptor whose submission was not seen.
 */
#include <stdlib.h>

#include "plugin_dcbm.h"

/* Never more than this many, whatever is missing from the recording. */
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
	if (inflight <= 1 || desc != chan->last + 1)
		chan->nr_inflight = 0;
	chan->last = desc;
	/* The oldest is the one that is most likely not there any more */
	if (chan->nr_inflight == MAX_INFLIGHT)
		drop(chan, 0);
	chan->inflight[chan->nr_inflight++] = desc;
}

/**
 * dcbm_order_complete() - a descriptor has ended
 * @order: the state
 * @dev: its channel's device
 * @nr: its channel
 * @desc: its id
 *
 * Return: how many it overtook, as far as that is known.
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
