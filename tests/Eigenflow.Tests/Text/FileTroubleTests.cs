using Eigenflow.Cli;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Text;

public sealed class FileTroubleTests
{
    [Theory]
    [InlineData(28, "free space on the disk")]
    [InlineData(122, "free space on the disk")]
    [InlineData(24, "ulimit -n 1024")]
    [InlineData(5, "could not be read or written")]
    public void OnlyAFullDiskIsToldAsOne(int code, string expected)
    {
        var line = FileTrouble.Of(new IOException("said", code));
        line.ShouldContain(expected);
        line.Contains("free space", StringComparison.Ordinal).ShouldBe(code is 28 or 122);
    }

    [Fact]
    public void WhatCannotBeReadIsNotToldAsUnwritten()
    {
        foreach (var exception in new Exception[] { new EndOfStreamException("said"), new InvalidDataException("said"), new FileNotFoundException("said"), new UnauthorizedAccessException("said") })
        {
            var line = FileTrouble.Of(exception);
            line.ShouldNotContain("could not be written");
            line.ShouldNotContain("free space");
            line.ShouldContain("said");
        }
    }
}
