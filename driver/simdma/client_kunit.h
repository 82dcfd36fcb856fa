/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * DMA client for KUnit tests: one channel, and pages to copy
 *
 * test->priv points to the struct client.
 */
#ifndef _SIMDMA_CLIENT_KUNIT_H
#define _SIMDMA_CLIENT_KUNIT_H

#include <kunit/test.h>
#include <linux/dmaengine.h>
#include <linux/wait.h>

#define NR_SLOTS	32
/* Highest values of the parameters depth and max_segs of simdma */
#define MAX_DEPTH	4096
#define MAX_SEGS	1024
/* Slot i has sources of SRC_BYTE + i, so no source byte equals DST_BYTE. */
#define SRC_BYTE	0x80
#define DST_BYTE	0x11
#define FLAGS		(DMA_PREP_INTERRUPT | DMA_CTRL_ACK)
/* Long enough for an emulated CPU on a busy host, with debugging options and timing model */
#define WAIT_MS		60000
/* Time after which an unexpected action of the engine would have happened */
#define QUIET_MS	50

struct client;

/**
 * struct slot - one copy of client.len bytes
 * @client: the client
 * @src: page that is read
 * @dst: page that is written
 * @src_dma: DMA address of @src
 * @dst_dma: DMA address of @dst
 * @cookie: cookie of the last submission
 * @result: result that was passed to the callback
 * @called: number of callbacks
 * @order: number of callbacks of all slots before the callback of this slot
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
 * @test: the running test
 * @chan: channel of the client
 * @dev: device to map for
 * @ordered: the channel completes descriptors in order
 * @unit: alignment of addresses and lengths, in bytes
 * @len: length of a copy, in bytes: a page, or less if segments are shorter
 * @depth: number of descriptors of the ring; set by client_init() only
 * @timeout: how long client_wait() waits, in jiffies
 * @prepared: number of calls of client_prep()
 * @mapped: number of mapped slots
 * @called: number of callbacks
 * @wq: woken by callbacks
 * @hook: called by each callback; may be NULL
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
	unsigned long timeout;
	unsigned int prepared;
	unsigned int mapped;
	atomic_t called;
	wait_queue_head_t wq;
	void (*hook)(struct client *c, struct slot *s);
	struct slot slots[NR_SLOTS];
};

int client_open(struct client *c, struct kunit *test, const char *driver);
int client_init(struct kunit *test);
void client_exit(struct kunit *test);
struct dma_chan *client_request(const char *driver);
void client_fill(struct client *c);
void client_map_all(struct client *c);
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
