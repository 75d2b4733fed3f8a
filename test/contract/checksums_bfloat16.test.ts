import { describeChecksums } from './checksums';

describeChecksums((dtype) => dtype === 'bfloat16');
