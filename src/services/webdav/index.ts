export { webdav } from './service';
