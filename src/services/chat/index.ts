export { chat } from './service';
