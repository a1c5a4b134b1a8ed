// Whole servers and browsers on a busy machine now and then miss a moment; what fails twice is wrong. The first failure is shown.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
