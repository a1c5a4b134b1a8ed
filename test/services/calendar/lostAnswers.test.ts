import { serviceById } from '../../../src/services';
import { findsOutLost } from '../../support/lostAnswers';

findsOutLost(serviceById('calendar'));
