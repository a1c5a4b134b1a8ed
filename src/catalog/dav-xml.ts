export { isStatus } from './davXml';
