export { file } from './service';
