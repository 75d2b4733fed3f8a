import { describeChecksums } from './checksums';

describeChecksums((dtype) => dtype === 'float16');
