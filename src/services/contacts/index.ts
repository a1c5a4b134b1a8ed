export { contacts } from './service';
