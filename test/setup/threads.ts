import { threads } from '../../src/platform/node/threads';

// Threads read the sources as jest does.
threads.execArgv = ['--require', require.resolve('./typescript.cjs')];
