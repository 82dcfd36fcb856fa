/* SPDX-License-Identifier: GPL-2.0-only */
/* Module parameters and the configuration of a device */
#ifndef _SIMDMA_PARAM_H
#define _SIMDMA_PARAM_H

/**
 * struct simdma_config - values of the module parameters
 * @nr_dev: number of devices
 * @nr_chan: channels per device
 * @depth: descriptors per channel
 * @max_segs: maximum number of segments per list
 * @max_seg_size: maximum length of a segment, in bytes
 * @align_shift: addresses and lengths are multiples of 1 << @align_shift
 * @addr_bits: width of a DMA address, in bits
 * @boundary_bits: no segment crosses a multiple of 1 << @boundary_bits
 * @node: NUMA node; -1 is possible in the parameters, not in a device
 * @ordered: 1: descriptors complete in the order of submission
 * @memcpy_sg: 1: memcpy_sg is offered
 * @private: 1: dma_find_channel() does not return the channels
 * @desc_ns: time per descriptor, in ns
 * @seg_ns: time per segment, in ns
 * @mbps: bandwidth of a channel, in 10^6 bytes/s; 0: no limit
 * @seed: random seed
 *
 * Ranges and defaults are in param.c. All members are int, so that one table can
 * describe them.
 */
struct simdma_config {
	int nr_dev;
	int nr_chan;
	int depth;
	int max_segs;
	int max_seg_size;
	int align_shift;
	int addr_bits;
	int boundary_bits;
	int node;
	int ordered;
	int memcpy_sg;
	int private;
	int desc_ns;
	int seg_ns;
	int mbps;
	int seed;
};

int simdma_param_check(void);
unsigned int simdma_param_nr_dev(void);
void simdma_param_config(struct simdma_config *cfg, unsigned int id);
const char *simdma_config_key(const struct simdma_config *cfg, unsigned int i,
			      int *val);

#endif /* _SIMDMA_PARAM_H */
