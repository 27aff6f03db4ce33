using Eigenflow.Numerics.LowPrecision;
using FsCheck.Xunit;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.LowPrecision;

/// <summary>bfloat16 by hand: ties, subnormal numbers, overflow, and an independent rounding of everything between.</summary>
public sealed class BrainFloatTests
{
    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1.00390625f, 1f)]
    [InlineData(1.0039064f, 1.0078125f)]
    [InlineData(1.01171875f, 1.015625f)]
    [InlineData(-1.00390625f, -1f)]
    [InlineData(-1.01171875f, -1.015625f)]
    [InlineData(3.14159274f, 3.140625f)]
    [InlineData(0f, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(3.38953139e38f, 3.38953139e38f)]
    [InlineData(3.3962e38f, float.PositiveInfinity)]
    [InlineData(3.3962e38f * -1, float.NegativeInfinity)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    public void RoundsToTheNearestWithTiesToEven(float value, float rounded) => BrainFloat.Round(value).ShouldBe(rounded);

    [Fact]
    public void SubnormalNumbersStay()
    {
        var least = MathF.ScaleB(1, -133);
        BrainFloat.Round(least).ShouldBe(least);
        BrainFloat.Round(least / 2).ShouldBe(0);
        BrainFloat.Round(MathF.BitIncrement(least / 2)).ShouldBe(least);
        BrainFloat.Round(1.5f * least).ShouldBe(2 * least);
        BrainFloat.Round(2.5f * least).ShouldBe(2 * least);
        BrainFloat.Round(float.Epsilon).ShouldBe(0);

        // The largest that is rounded down to the largest number, and the tie above it, whose even neighbour is infinite.
        var largest = (2 - MathF.ScaleB(1, -7)) * MathF.ScaleB(1, 127);
        var tie = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(largest) + 0x8000);
        BrainFloat.Round(MathF.BitDecrement(tie)).ShouldBe(largest);
        BrainFloat.Round(tie).ShouldBe(float.PositiveInfinity);
    }

    [Fact]
    public void NotANumberStaysOne()
    {
        float.IsNaN(BrainFloat.Round(float.NaN)).ShouldBeTrue();
        float.IsNaN(BrainFloat.Round(BitConverter.UInt32BitsToSingle(0x7F80_0001))).ShouldBeTrue();
        float.IsNaN(BrainFloat.Round(BitConverter.UInt32BitsToSingle(0xFFFF_FFFF))).ShouldBeTrue();
    }

    [Property(MaxTest = 2000)]
    public void AgreesWithRoundingInUnitsOfTheLastPlace(uint bits)
    {
        var value = BitConverter.UInt32BitsToSingle(bits);
        if (!float.IsFinite(value))
            return;
        var exponent = value == 0 ? -126 : Math.Max(-126, Math.ILogB(value));
        var unit = Math.ScaleB(1, exponent - 7);
        var expected = Math.Round(value / unit, MidpointRounding.ToEven) * unit;
        ((double)BrainFloat.Round(value)).ShouldBe(Math.Abs(expected) >= Math.ScaleB(1, 128) ? Math.Sign(value) * double.PositiveInfinity : expected);
        BrainFloat.Round(BrainFloat.Round(value)).ShouldBe(BrainFloat.Round(value));
    }

    [Fact]
    public void SpansAreRoundedInPlace()
    {
        float[] values = [1.00390625f, -1.01171875f, 7];
        BrainFloat.Round(values.AsSpan());
        values.ShouldBe([1f, -1.015625f, 7f]);
    }
}
