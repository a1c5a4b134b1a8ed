export { calendar } from './service';
