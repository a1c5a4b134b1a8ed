import { threads } from '../../src/core/apart';

// Threads read the sources as jest does.
threads.execArgv = ['--require', require.resolve('./typescript.cjs')];
