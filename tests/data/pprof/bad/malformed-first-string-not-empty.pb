
2samples2count