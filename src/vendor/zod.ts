export { z } from 'zod/v4';
