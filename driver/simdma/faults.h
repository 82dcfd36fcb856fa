/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where faults are decided. Each function is asked at one point of a descriptor's
 * life and says what goes wrong there. No faults are compiled in: the answers are
 * constants, and the compiler removes the questions.
 */
#ifndef _SIMDMA_FAULTS_H
#define _SIMDMA_FAULTS_H

#include <linux/dmaengine.h>

struct simdma_chan;
struct simdma_desc;

/**
 * simdma_should_refuse() - shall prep return NULL to a lawful request?
 * @sc: the channel, not locked
 *
 * Context: Any.
 * Return: true if so.
 */
static inline bool simdma_should_refuse(struct simdma_chan *sc)
{
	return false;
}

/**
 * simdma_should_stall() - shall a descriptor not be worked on?
 * @desc: a descriptor that was taken up
 *
 * It is then in flight until it is terminated.
 *
 * Context: The channel's worker.
 * Return: true if so.
 */
static inline bool simdma_should_stall(struct simdma_desc *desc)
{
	return false;
}

/**
 * simdma_should_fail() - how shall the copy of a piece end?
 * @desc: the descriptor under way
 *
 * Context: The channel's worker.
 * Return: DMA_TRANS_NOERROR to copy it.
 */
static inline enum dmaengine_tx_result simdma_should_fail(struct simdma_desc *desc)
{
	return DMA_TRANS_NOERROR;
}

/**
 * simdma_should_lose() - shall nobody be told of a completion?
 * @desc: a descriptor that has completed
 *
 * Context: The channel's tasklet.
 * Return: true if so.
 */
static inline bool simdma_should_lose(struct simdma_desc *desc)
{
	return false;
}

/**
 * simdma_should_ignore_terminate() - shall terminate_all have no effect?
 * @sc: the channel, not locked
 *
 * Context: Any.
 * Return: true if so.
 */
static inline bool simdma_should_ignore_terminate(struct simdma_chan *sc)
{
	return false;
}

#endif /* _SIMDMA_FAULTS_H */
