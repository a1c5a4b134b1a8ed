import { serviceById } from '../../../src/services';
import { survivesMalformed } from '../../support/malformed';

survivesMalformed(serviceById('identity'));
