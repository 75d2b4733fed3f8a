import { describeChecksums } from './checksums';

// All dtypes but those of checksums_float16 and checksums_bfloat16.
describeChecksums((dtype) => dtype !== 'float16' && dtype !== 'bfloat16');
