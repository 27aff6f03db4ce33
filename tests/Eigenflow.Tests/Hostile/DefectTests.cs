using Eigenflow.Cli;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Hostile;

/// <summary>What no one foresaw ends in one line and exit code 70.</summary>
public sealed class DefectTests
{
    [Fact]
    public async Task WhateverIsThrownIsOneLine()
    {
        (Exception Thrown, int Code, string Line)[] cases =
        [
            (new InvalidOperationException("first\nsecond\u001b[31m"), 70, "eigenflow systems: internal error (InvalidOperationException: first second\uFFFD[31m); this is a defect of eigenflow"),
            (new AggregateException(new InvalidOperationException("a"), new TypeInitializationException("X", new DllNotFoundException("libx"))), 70, "eigenflow systems: internal error ("),
            (new AggregateException(new InvalidOperationException("a"), new AggregateException(new ParameterException("steps", 1, "greater than 1"))), 2, "eigenflow: steps = 1 is not allowed: it must be greater than 1."),
            (new AggregateException(new OperationCanceledException()), 130, "eigenflow: interrupted"),
            (new UnauthorizedAccessException("no"), 1, "eigenflow: a file may not be read or written by you (no)"),
            (new AggregateException(new IOException("No space left on device", 28)), 1, "eigenflow: the results could not be written (No space left on device)"),
            (new InsufficientMemoryException(), 1, "eigenflow: the memory of this machine does not suffice"),
            (new StackGuardException(new string('x', 100_000)), 70, "eigenflow systems: internal error (StackGuardException: xxx"),
        ];
        foreach (var (thrown, code, line) in cases)
        {
            using var error = new StringWriter();
            using var output = new ThrowingWriter(thrown);
            (await EigenflowCommand.RunAsync(["systems"], Screen.Of(output, error))).ShouldBe(code);
            error.ToString().TrimEnd('\r', '\n').ShouldStartWith(line);
            error.ToString().Count(letter => letter == '\n').ShouldBe(1);
            error.ToString().Length.ShouldBeLessThan(1000);
        }
    }

    private sealed class StackGuardException(string message) : Exception(message);

    private sealed class ThrowingWriter(Exception exception) : StringWriter
    {
        public override void Write(char value) => throw exception;

        public override void Write(char[] buffer, int index, int count) => throw exception;

        public override void Write(string? value) => throw exception;

        public override void WriteLine(string? value) => throw exception;

        public override Task FlushAsync() => throw exception;
    }
}
