/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * What the dcbm_sg driver, its tracepoints and the tools agree on: the names and
 * numbers that stand in debugfs files and in recordings. Numbers are only ever
 * added at the end, because recordings outlive the driver that made them.
 */
#ifndef _UAPI_LINUX_DCBM_H
#define _UAPI_LINUX_DCBM_H

/** DCBM_MAX_CHANNELS - most channels one pool holds, the range of nr_dma_chan */
#define DCBM_MAX_CHANNELS	16

/** DCBM_MAX_SG - most segments a descriptor, the range of max_sg */
#define DCBM_MAX_SG		256

/** DCBM_MAX_ROWS - channels that debugfs/dcbm/channels tells apart */
#define DCBM_MAX_ROWS		64

/** DCBM_NAME_LEN - longest channel, device or provider name with its NUL */
#define DCBM_NAME_LEN		32

/** DCBM_HIST_BINS - bin 0 counts zeroes, bin k counts 2^(k-1) to 2^k - 1 */
#define DCBM_HIST_BINS		48

/*
 * Each list below is X(enumerator, "name"): the enum, the table of names and the
 * enums exported to trace all come from the one list.
 */

/* How a batch ended. */
#define DCBM_OUTCOMES(X)					\
	X(DCBM_OFFLOADED,	"offloaded")	/* every folio by DMA */	\
	X(DCBM_PARTIAL,		"partial")	/* some by DMA, some not */	\
	X(DCBM_FALLBACK,	"fallback")	/* none by DMA */

/* How a descriptor ended. */
#define DCBM_RESULTS(X)						\
	X(DCBM_RES_OK,		"ok")		/* no error, residue 0 */	\
	X(DCBM_RES_READ,	"read_failed")	/* DMA_TRANS_READ_FAILED */	\
	X(DCBM_RES_WRITE,	"write_failed")	/* DMA_TRANS_WRITE_FAILED */	\
	X(DCBM_RES_ABORTED,	"aborted")	/* DMA_TRANS_ABORTED */		\
	X(DCBM_RES_RESIDUE,	"residue")	/* no error, bytes missing */	\
	X(DCBM_RES_TERMINATED,	"terminated")	/* channel was terminated */	\
	X(DCBM_RES_LOST,	"lost")		/* channel quarantined */	\
	X(DCBM_RES_UNKNOWN,	"unknown")	/* a result nobody defined */

/* Why a folio was left to the CPU. The first reason of a folio is the one counted. */
#define DCBM_REASONS(X)						\
	X(DCBM_FB_NO_CHANNEL,	"no_channel")	/* pool empty or no usable channel */	\
	X(DCBM_FB_RECONFIG,	"reconfig")	/* pool is being rebuilt */		\
	X(DCBM_FB_BUSY,		"busy")		/* no batch context, or no turn in time */	\
	X(DCBM_FB_SMALL,	"small")	/* fewer than min_folios */		\
	X(DCBM_FB_SIZE,		"size")		/* source and destination differ in size */	\
	X(DCBM_FB_BACKEND,	"backend")	/* no channel offers the backend */	\
	X(DCBM_FB_MAP,		"map")		/* DMA mapping failed */		\
	X(DCBM_FB_PREP,		"prep")		/* prep returned NULL on an idle channel */	\
	X(DCBM_FB_SUBMIT,	"submit")	/* submit returned an error cookie */	\
	X(DCBM_FB_ENGINE,	"engine")	/* engine reported an error */		\
	X(DCBM_FB_RESIDUE,	"residue")	/* engine reported missing bytes */	\
	X(DCBM_FB_TIMEOUT,	"timeout")	/* descriptor overdue, channel terminated */	\
	X(DCBM_FB_ABORTED,	"aborted")	/* terminated for another batch's sake */	\
	X(DCBM_FB_QUARANTINE,	"quarantine")	/* engine could not be made quiet */

/* How a descriptor is handed to the engine. */
#define DCBM_BACKENDS(X)					\
	X(DCBM_BE_AUTO,		"auto")		/* memcpy_sg where offered */	\
	X(DCBM_BE_MEMCPY_SG,	"memcpy_sg")	/* paired lists, one descriptor */	\
	X(DCBM_BE_MEMCPY,	"memcpy")	/* one segment, one descriptor */

/* State of a channel's row in debugfs. */
#define DCBM_CHAN_STATES(X)					\
	X(DCBM_CHAN_READY,	"ready")	/* takes descriptors */		\
	X(DCBM_CHAN_RELEASED,	"released")	/* not held now */		\
	X(DCBM_CHAN_PROBING,	"probing")	/* being terminated or probed */	\
	X(DCBM_CHAN_DEAD,	"dead")		/* quiet, but failed its probe */	\
	X(DCBM_CHAN_QUARANTINED, "quarantined")	/* never proven quiet */

/* What test batches are filled with. */
#define DCBM_FILLS(X)						\
	X(DCBM_FILL_ZERO,	"zero")					\
	X(DCBM_FILL_ONES,	"ones")					\
	X(DCBM_FILL_COUNTER,	"counter")	/* each word its own offset */	\
	X(DCBM_FILL_RANDOM,	"random")	/* pseudo-random, seeded */

#define DCBM_ENUMERATOR(e, name)	e,
#define DCBM_NAME(e, name)		[e] = name,

enum dcbm_outcome { DCBM_OUTCOMES(DCBM_ENUMERATOR) DCBM_NR_OUTCOMES };
enum dcbm_result { DCBM_RESULTS(DCBM_ENUMERATOR) DCBM_NR_RESULTS };
enum dcbm_reason { DCBM_REASONS(DCBM_ENUMERATOR) DCBM_NR_REASONS };
enum dcbm_backend { DCBM_BACKENDS(DCBM_ENUMERATOR) DCBM_NR_BACKENDS };
enum dcbm_chan_state { DCBM_CHAN_STATES(DCBM_ENUMERATOR) DCBM_NR_CHAN_STATES };
enum dcbm_fill { DCBM_FILLS(DCBM_ENUMERATOR) DCBM_NR_FILLS };

#endif /* _UAPI_LINUX_DCBM_H */
