import type { Samples } from '../../catalog/samples';

export const samples: Samples = { '*': {} };
