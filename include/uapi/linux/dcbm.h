/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * Names and numbers in debugfs files and recordings, for the dcbm_sg driver, its
 * tracepoints and the tools. Add new entries at the end, so that tools can still read
 * older recordings.
 */
#ifndef _UAPI_LINUX_DCBM_H
#define _UAPI_LINUX_DCBM_H

/* Maximum number of channels, the range of nr_dma_chan */
#define DCBM_MAX_CHANNELS	16

/* Maximum number of segments per descriptor, the range of max_sg */
#define DCBM_MAX_SG		256

/* Rows of debugfs/dcbm/channels: channels that are or were held */
#define DCBM_MAX_ROWS		64

/* Maximum length of a channel, device or provider name, with its NUL */
#define DCBM_NAME_LEN		32

/* Bins of a histogram: bin 0 counts zeroes, bin k the values from 2^(k-1) to 2^k - 1 */
#define DCBM_HIST_BINS		48

/*
 * Each list below consists of X(enumerator, "name"). The enum, the table of names and the
 * enums exported to tracing are made from the list.
 */

/* Outcomes of a batch */
#define DCBM_OUTCOMES(X)					\
	X(DCBM_OFFLOADED,	"offloaded")	/* all folios by DMA */	\
	X(DCBM_PARTIAL,		"partial")	/* some folios by DMA */	\
	X(DCBM_FALLBACK,	"fallback")	/* no folio by DMA */

/* Results of a descriptor */
#define DCBM_RESULTS(X)						\
	X(DCBM_RES_OK,		"ok")		/* no error, residue 0 */	\
	X(DCBM_RES_READ,	"read_failed")	/* DMA_TRANS_READ_FAILED */	\
	X(DCBM_RES_WRITE,	"write_failed")	/* DMA_TRANS_WRITE_FAILED */	\
	X(DCBM_RES_ABORTED,	"aborted")	/* DMA_TRANS_ABORTED */		\
	X(DCBM_RES_RESIDUE,	"residue")	/* no error, bytes missing */	\
	X(DCBM_RES_TERMINATED,	"terminated")	/* channel was terminated */	\
	X(DCBM_RES_LOST,	"lost")		/* channel quarantined */	\
	X(DCBM_RES_UNKNOWN,	"unknown")	/* undefined result code */

/* Reasons why a folio is left to the CPU. Only the first reason of a folio is counted. */
#define DCBM_REASONS(X)						\
	X(DCBM_FB_NO_CHANNEL,	"no_channel")	/* pool empty or no usable channel */	\
	X(DCBM_FB_RECONFIG,	"reconfig")	/* channels acquired or released */	\
	X(DCBM_FB_BUSY,		"busy")		/* no context or descriptor in time */	\
	X(DCBM_FB_SMALL,	"small")	/* fewer than min_folios */		\
	X(DCBM_FB_SIZE,		"size")		/* source and destination differ in size */	\
	X(DCBM_FB_BACKEND,	"backend")	/* no channel offers the backend */	\
	X(DCBM_FB_MAP,		"map")		/* DMA mapping failed */		\
	X(DCBM_FB_PREP,		"prep")		/* prep returned NULL on an idle channel */	\
	X(DCBM_FB_SUBMIT,	"submit")	/* submit returned an error cookie */	\
	X(DCBM_FB_ENGINE,	"engine")	/* engine reported an error */		\
	X(DCBM_FB_RESIDUE,	"residue")	/* engine reported missing bytes */	\
	X(DCBM_FB_TIMEOUT,	"timeout")	/* descriptor overdue, channel terminated */	\
	X(DCBM_FB_ABORTED,	"aborted")	/* channel terminated before submission */	\
	X(DCBM_FB_QUARANTINE,	"quarantine")	/* engine could not be stopped */

/* Operations that copy */
#define DCBM_BACKENDS(X)					\
	X(DCBM_BE_AUTO,		"auto")		/* memcpy_sg where offered */	\
	X(DCBM_BE_MEMCPY_SG,	"memcpy_sg")	/* paired lists per descriptor */	\
	X(DCBM_BE_MEMCPY,	"memcpy")	/* one segment per descriptor */

/* States of a channel */
#define DCBM_CHAN_STATES(X)					\
	X(DCBM_CHAN_READY,	"ready")	/* accepts descriptors */		\
	X(DCBM_CHAN_RELEASED,	"released")	/* not held */		\
	X(DCBM_CHAN_PROBING,	"probing")	/* being terminated or probed */	\
	X(DCBM_CHAN_DEAD,	"dead")		/* quiet, but failed its probe */	\
	X(DCBM_CHAN_QUARANTINED, "quarantined")	/* never proven quiet */

/* Contents of test batches */
#define DCBM_FILLS(X)						\
	X(DCBM_FILL_ZERO,	"zero")					\
	X(DCBM_FILL_ONES,	"ones")					\
	X(DCBM_FILL_COUNTER,	"counter")	/* each word is its offset */	\
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
