using Eigenflow.Scaling;

namespace Eigenflow.Studies;

/// <summary>The exponent of a curve as studies have it: in <c>[derived]</c> with <c>fit</c>, and in figures of trajectories.</summary>
internal static class CurveExponent
{
    /// <summary>Fits; null where there is no exponent.</summary>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates.</param>
    /// <param name="from">Start of the window, or null.</param>
    /// <param name="to">Its end, or null.</param>
    public static PowerLawFit? Of(double[] x, double[] y, double? from, double? to)
    {
        try
        {
            var fit = PowerLaw.Fit(x, y, new PowerLawOptions { WindowStart = from, WindowEnd = to });

            // A window that is given is fitted as asked, and its verdict says whether a power law holds there; a window that cannot be found is no exponent.
            return fit.IsPowerLaw || from is not null || to is not null ? fit : null;
        }
        catch (ParameterException)
        {
            return null;
        }
    }
}
