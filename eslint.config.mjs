import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

// src and test have rules of their own: src/build/eslint.mjs.
export default [...configWithoutCloudSupport, { ignores: ['src/**', 'test/**', 'coverage/**', '.cache/**'] }];
