export { api } from './service';
