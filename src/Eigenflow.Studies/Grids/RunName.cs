using System.Security.Cryptography;
using System.Text;
using Eigenflow.Settings;

namespace Eigenflow.Studies;

/// <summary>Names runs by all that their results depend on.</summary>
public static class RunName
{
    /// <summary>16 hexadecimal digits of a hash of numerics version, system, method and canonical setting.</summary>
    /// <param name="setting">The setting of the run.</param>
    public static string Of(CompletedSetting setting) => Of($"{NumericsVersion.Text} {setting.System} {setting.Method} {setting}");

    /// <summary>16 hexadecimal digits of a hash of a text.</summary>
    /// <param name="identity">All that the result depends on.</param>
    public static string Of(string identity) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 8));
}
