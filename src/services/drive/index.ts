export { drive } from './service';
