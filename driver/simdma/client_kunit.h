/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A client of a loaded simdma, for tests: one channel, and pages to copy.
 */
#ifndef _SIMDMA_CLIENT_KUNIT_H
#define _SIMDMA_CLIENT_KUNIT_H

#include <kunit/test.h>
#include <linux/dmaengine.h>
#include <linux/jiffies.h>
#include <linux/wait.h>

#define NR_SLOTS	32
/* The highest values of the parameters: more is too many with all of them. */
#define MAX_DEPTH	4096
#define MAX_SEGS	1024
/* Sources are SRC_BYTE and up, by slot. */
#define SRC_BYTE	0x80
#define DST_BYTE	0x11
#define FLAGS		(DMA_PREP_INTERRUPT | DMA_CTRL_ACK)
/* Emulated, with all checks on, on a busy host, and with a timing model. */
#define WAIT		msecs_to_jiffies(60000)
/* Long enough for an engine to do what it should not. */
#define QUIET_MS	50

struct client;

/**
 * struct slot - a copy of one page, or of what fits into a segment
 * @client: whose
 * @src: page that is read
 * @dst: page that is written
 * @src_dma: address of @src
 * @dst_dma: address of @dst
 * @cookie: of its last submission
 * @result: what the callback was told
 * @called: how often it was called
 * @order: how many callbacks there were before, of all slots
 */
struct slot {
	struct client *client;
	struct page *src;
	struct page *dst;
	dma_addr_t src_dma;
	dma_addr_t dst_dma;
	dma_cookie_t cookie;
	struct dmaengine_result result;
	int called;
	int order;
};

/**
 * struct client - the client
 * @test: the test
 * @chan: its channel
 * @dev: what to map for
 * @ordered: the channel completes in order
 * @unit: bytes that addresses and lengths are multiples of
 * @len: bytes of a slot
 * @depth: descriptors of the ring
 * @mapped: slots that are mapped
 * @called: callbacks so far
 * @wq: woken by callbacks
 * @hook: called in callbacks, may be NULL
 * @slots: copies
 */
struct client {
	struct kunit *test;
	struct dma_chan *chan;
	struct device *dev;
	bool ordered;
	u32 unit;
	u32 len;
	unsigned int depth;
	unsigned int mapped;
	atomic_t called;
	wait_queue_head_t wq;
	void (*hook)(struct client *c, struct slot *s);
	struct slot slots[NR_SLOTS];
};

int client_init(struct kunit *test);
void client_exit(struct kunit *test);
struct dma_chan *client_request(void);
void client_fill(struct client *c);
void client_unmap(struct client *c);
bool client_dst_is(struct client *c, unsigned int i, u8 byte);
bool client_arrived(struct client *c, unsigned int i);
struct dma_async_tx_descriptor *client_prep(struct client *c, unsigned int i,
					    unsigned long flags);
dma_cookie_t client_submit_tx(struct client *c, unsigned int i,
			      struct dma_async_tx_descriptor *tx);
bool client_submit(struct client *c, unsigned int i, unsigned long flags);
unsigned int client_submit_all(struct client *c);
void client_wait(struct client *c, int nr);
unsigned int client_ring(struct client *c);
enum dma_status client_status(struct client *c, unsigned int i);
void client_expect_works(struct client *c);

#endif /* _SIMDMA_CLIENT_KUNIT_H */
