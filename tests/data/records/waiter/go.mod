module waiter

go 1.19
