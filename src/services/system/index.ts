export { system } from './service';
