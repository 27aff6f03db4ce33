using Eigenflow.Figures;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>Where a curve goes, in words: of its own rows, and right where it is odd.</summary>
public sealed class CurveCourseTests
{
    private const double None = double.NaN, Infinite = double.PositiveInfinity;

    [Theory]
    [InlineData(new[] { 4.0, 2, 1 }, "error falls from 4 to 1 at k = 3")]
    [InlineData(new[] { 2.0, 2, 2 }, "error stays at 2")]
    [InlineData(new[] { 0.0, 0, 0 }, "error is 0 at all rows shown")]
    [InlineData(new[] { None, None }, "error has no value at any row shown")]
    [InlineData(new[] { Infinite, Infinite }, "error is infinite at all rows shown")]
    [InlineData(new[] { None, 3.0, 1 }, "error falls from 3 at k = 2 to 1 at k = 3")]
    [InlineData(new[] { None, 3.0, 3, None }, "error stays at 3 from k = 2 to 3")]
    [InlineData(new[] { 3.0, 2, None }, "error falls from 3 to 2 at k = 2")]
    [InlineData(new[] { 1.0, Infinite, 3 }, "error grows from 1 to 3 at k = 3, diverges at k = 2")]
    [InlineData(new[] { Infinite, Infinite, 3.0, 2 }, "error falls from 3 at k = 3 to 2 at k = 4, is infinite from k = 1 to 2")]
    [InlineData(new[] { Infinite, 3.0, Infinite, 2 }, "error falls from 3 at k = 2 to 2 at k = 4, is infinite at 2 rows, first at k = 1")]
    [InlineData(new[] { -1.0, 1, -2 }, "error falls from −1 to −2 at k = 3")]
    public void ItIsToldFromFirstToLast(double[] values, string words) => Course(values).Full(hasMaxima: true).ShouldBe(words);

    [Fact]
    public void TheLargestMaximaAreTold()
    {
        double[] values = [0, 1, 0, 7, 0, 2, 0, 9, 0, 8, 0, 3, 0];
        var words = Course(values).Full(hasMaxima: true);
        words.ShouldStartWith("error ends where it began, at 0, maxima at least 7 at k = 4, at least 9 at k = 8 and at least 8 at k = 10, and 3 smaller");
        Course(values).Full(hasMaxima: false).ShouldBe("error ends where it began, at 0");
        Course([0, 1, 0, 9]).Full(hasMaxima: true).ShouldContain("interior maximum");

        // What rounding leaves of a sum has maxima of its own.
        Course([1.2, 1e-9, 1e-16, 3e-16, 1e-16, 5e-16, 1e-16]).Full(hasMaxima: true).ShouldNotContain("max");
        Course([1.2e-20, 1e-29, 1e-27, 1e-29]).Full(hasMaxima: true).ShouldContain("interior maximum");
    }

    [Fact]
    public void BetweenRowsAMaximumMayBeHigher()
    {
        // A pole at 20.3 between the rows 20 and 21, and a wide hump whose rows tell its height.
        double[] pole = [.. Enumerable.Range(1, 40).Select(k => 1 / Math.Abs(k - 20.3))], hump = [.. Enumerable.Range(1, 400).Select(k => Math.Exp(-Math.Pow(Math.Log(k / 100.0), 2)))];
        Course(pole).Full(hasMaxima: true).ShouldContain("maximum at least 3.33 at k = 20");
        Course(hump).Full(hasMaxima: true).ShouldContain("maximum 1 at k = 100");
    }

    [Fact]
    public void BeyondTheAxisItIsToldAsFarAsItIsSeen()
    {
        var course = new CurveCourse("noise", "k", new Series { Label = "", X = [1, 2], Y = [1e-89, 0.5] }, new Axis("", true, 1e-8));
        course.Full(hasMaxima: true).ShouldBe("noise grows from below 10^{−8} to 0.5 at k = 2");
        course.Short.ShouldBe("noise grows from below 10^{−8} to 0.5 at k = 2");
    }

    // A curve that comes down from where it diverged has most of its rows there; what it ends at is a number of its own.
    [Fact]
    public void NoNumberOfUsualSizeIsTakenForTheRoundingOfHugeOnes()
    {
        var course = new CurveCourse("kl", "τ", new Series { Label = "", X = [1, 2, 3, 4, 5], Y = [7e305, 1e188, 5e100, 16.1, 0.0877] }, new Axis("", true, 5e297));
        course.Full(hasMaxima: true).ShouldBe("kl falls from 7×10^{305} to 0.0877 at τ = 5");
    }

    [Theory]
    [InlineData(new[] { 4.0, 2, 1 }, "error falls from 4 to 1 at k = 3")]
    [InlineData(new[] { 2.0, 2, 2 }, "error still 2 at k = 3")]
    [InlineData(new[] { 0.0, 3, 0 }, "error up to 3 at k = 2")]
    [InlineData(new[] { 1.0, Infinite, 2 }, "error diverges at k = 2")]
    [InlineData(new[] { None, None }, "")]
    [InlineData(new[] { 5.0 }, "error 5 at k = 1")]
    [InlineData(new[] { 5.0, 1, 3, 0.5, 2 }, "error has two minima, 1 and 0.5, and ends at 2")]
    [InlineData(new[] { 5.0, 1, 3, 0.5, 2, 1, 4 }, "error falls from 5 to 4 at k = 7")]
    public void ATitleIsShorter(double[] values, string words) => Course(values).Short.ShouldBe(words);

    private static CurveCourse Course(double[] values) => new("error", "k", new Series { Label = "", X = [.. Enumerable.Range(1, values.Length).Select(k => (double)k)], Y = values });
}
